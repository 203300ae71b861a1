/** `minorswing/templates`: the template engine and its errors. */
export { TemplateDoesNotExist, TemplateError, Templates, type TemplatesOptions } from "./engine.ts";
