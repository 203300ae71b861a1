/** `minorswing/templates`: the template engine, its errors, tags of one's own, and responses that render later. */
export { type EngineSettings, Templates } from "./engine.ts";
export {
  type SourceLine,
  type TemplateCaller,
  TemplateDoesNotExist,
  TemplateError,
  type TemplateLocation,
  TemplateSyntaxError,
  VariableDoesNotExist,
} from "./errors.ts";
export { inclusionTag, simpleBlockTag, simpleTag } from "./tag-kinds.ts";
export { conditionalEscape, formatHtml, markSafe, SafeString } from "../utils/safe-string.ts";
