// The form that the address names, whichever way its id is spelled there.
import { useParams } from "react-router";

const plain = (id) => (id ?? "").replaceAll("-", "").toLowerCase();

export function useIsAddressed() {
  const { assignment_id, form_id } = useParams(); // a form in the making is previewed at its own address
  const wanted = plain(assignment_id ?? form_id);
  return (id) => Boolean(id) && plain(id) === wanted;
}
