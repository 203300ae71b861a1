import { redirect } from "minorswing/shortcuts";
import { include, path } from "minorswing/urls";
import { pollPatterns } from "./polls/urls.ts";
import { archive, home, search, unnamed, versioned } from "./views.ts";

export const urlpatterns = [
  path("", home, { name: "home" }),
  path("search{/:words}/", search, { name: "search" }),
  path("archive/", archive, { name: "archive" }),
  path("archive/<int:year>/", archive, { name: "archive" }),
  path("archive/<int:year>/<slug:topic>/", archive, { name: "archive" }),
  path("files/*rest", archive, { name: "files" }),
  path("inline/<int:n>/", (_request, { n }) => redirect("api.v2", { pk: n }), { name: "inline" }),
  path("v1/", versioned, { name: "api.v1" }),
  path("v2/<int:pk>/", versioned, { name: "api.v2" }),
  path("<slug:site>/polls/", include(pollPatterns, { namespace: "polls" })),
  path("unnamed/<int:pk>/", unnamed),
  path("open/", include([path("leak/", home, { name: "leak" })])),
] as const;

declare module "minorswing/urls" {
  interface Register {
    urlpatterns: typeof urlpatterns;
  }
}
