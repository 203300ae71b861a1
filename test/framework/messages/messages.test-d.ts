/**
 * What must and must not compile. Checked by `tsc`: an unused `@ts-expect-error` is an error.
 */
import * as messages from "minorswing/messages";
import { defineSettings } from "../../../framework/conf/define-settings.ts";
import { HttpRequest } from "../../../framework/http/request.ts";

const request = new HttpRequest();

messages.success(request, "Saved.", { extraTags: "big", failSilently: true, isSafe: false });
messages.addMessage(request, messages.ERROR, "No.");
for (const { tags, level } of messages.getMessages(request)) void (tags.length + level);
void request.messages.length;

// @ts-expect-error -- camelCase
messages.success(request, "Saved.", { extra_tags: "big" });
// @ts-expect-error -- text
messages.success(request, 5);
// @ts-expect-error -- levels are numbers
messages.addMessage(request, "error", "No.");
// @ts-expect-error -- a message is as it is
for (const message of request.messages) message.message = "";

const required = { SECRET_KEY: "x", ROOT_URLCONF: () => Promise.resolve({ urlpatterns: [] }) };
class OwnStorage extends messages.FallbackStorage {}
defineSettings({ ...required, MESSAGE_STORAGE: OwnStorage, MESSAGE_TAGS: { 40: "danger" } });
// @ts-expect-error -- a class, not one of its objects
defineSettings({ ...required, MESSAGE_STORAGE: new OwnStorage(request, defineSettings(required)) });
