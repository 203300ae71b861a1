/** A site without any server: requests go in, responses come out. Argument: the number to square. */
import { defineSettings, getWSGIApplication, HttpResponse, path } from "minorswing";
import { toFetchHandler } from "minorswing/adapters";

const urlpatterns = [path("square/<int:n>/", (_request, { n }) => new HttpResponse(`${n * n}\n`))];
const settings = defineSettings({
  SECRET_KEY: "not so secret",
  ALLOWED_HOSTS: ["example.com"],
  ROOT_URLCONF: async () => ({ urlpatterns }),
});
const handler = toFetchHandler(await getWSGIApplication(settings));

const response = await handler(new Request(`https://example.com/square/${process.argv[2] ?? 12}/`));
process.stdout.write(`${response.status} ${response.statusText}\n${await response.text()}`);
