// The form that the address names, whichever way its id is spelled there.
import { useParams } from "react-router";

const plain = (id) => (id ?? "").replaceAll("-", "").toLowerCase();

export function useIsAddressed() {
  const wanted = plain(useParams().assignment_id);
  return (id) => Boolean(id) && plain(id) === wanted;
}
