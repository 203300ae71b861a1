import { defineSettings } from "minorswing/conf";

export default defineSettings({
  SECRET_KEY: "for tests",
  ROOT_URLCONF: () => import("./urls.ts"),
});
