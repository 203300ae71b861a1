/**
 * URLs below /tunes/.
 */
import { path } from "minorswing/urls";
import { addTune, tuneAsJson, tuneDetail, tuneList } from "./views.ts";

export const tunePatterns = [
  path("", tuneList, { name: "list" }),
  path("add/", addTune, { name: "add" }),
  path("<int:pk>/", tuneDetail, { name: "detail" }),
  path("<int:pk>.json", tuneAsJson, { name: "json" }),
] as const;
