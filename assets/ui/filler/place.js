// Where the form that is filled in lives, for what asks the server by itself.
import { createContext } from "react";

export const Place = createContext({ filesAt: "" });

export const placeOf = (sheet) => ({ filesAt: `/forms/${sheet.id}/files${window.location.search}` });
