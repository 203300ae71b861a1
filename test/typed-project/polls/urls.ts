import { include, path } from "minorswing/urls";
import { choices, detail, month, wrapped } from "./views.ts";

const choicePatterns = [path("<int:choice>/", choices, { name: "choice" })] as const;

export const pollPatterns = [
  path("<int:pk>/", detail, { name: "detail" }),
  path("month/<month:when>/", month, { name: "month" }),
  path("wrapped/", wrapped, { name: "wrapped" }),
  path("<int:pk>/", include(choicePatterns, { namespace: "choices" })),
] as const;
