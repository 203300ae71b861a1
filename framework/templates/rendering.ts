/**
 * One rendering: what a template is given, and the way it finds others.
 *
 * Layer 5 (templates). Source: Django template/backends/django.py, template/context_processors.py. Differs from Django:
 * `request`, `csrf_token`, `csp_nonce`, `debug` and `STATIC_URL` are always there when there is a request; no list of
 * context processors has to name them.
 */
import { posix } from "node:path";
import type { TemplateContext, TemplateOptions } from "../conf/template-engine.ts";
import { ImproperlyConfigured } from "../exceptions.ts";
import type { HttpRequest } from "../http/request.ts";
import { templateRendered } from "../signals/core.ts";
import { staticUrls } from "../staticfiles/static-url.ts";
import { describeValue } from "../utils/describe.ts";
import { SafeString } from "../utils/safe-string.ts";
import { type CompiledTemplate, Context, Frame, type Rendering, Scope } from "./frame.ts";
import { renderRoot } from "./inheritance.ts";
import type { LibrarySettings } from "./library.ts";
import type { TemplateLoader } from "./loader.ts";
import type { TemplateSource } from "./errors.ts";

/** What all renderings of an engine share. */
export interface RenderingBasis {
  readonly settings: LibrarySettings;
  readonly options: TemplateOptions;
  readonly loader: TemplateLoader;
  readonly globals: object;
}

export function renderTemplate(
  basis: RenderingBasis,
  template: CompiledTemplate,
  values: TemplateContext,
  request: HttpRequest | undefined,
): string {
  if (typeof values !== "object" || values === null || Array.isArray(values))
    throw new TypeError(`context must be an object rather than ${describeValue(values)}`);
  const { settings, options, globals } = basis;
  const rendering: Rendering = {
    request,
    isStrict: options.strictVariables ?? settings.DEBUG,
    globals,
    load: (names, from, { except } = {}) => basis.loader.load(namesOf(names, from), except),
    announce: announcer(request),
  };
  const context = new Context([values, ...requestLayers(basis, request), globals]);
  context.add(template);
  const autoescape = options.autoescape ?? true;
  return renderRoot(
    template,
    new Frame({ rendering, context, autoescape, scope: new Scope(), isTopLevel: true }),
  );
}

/** Costs nothing while nobody listens. */
function announcer(request: HttpRequest | undefined): Rendering["announce"] {
  if (!templateRendered.hasListeners) return undefined;
  return ({ source }, context) =>
    templateRendered.send({ template: source.name, context: context.flatten(), request });
}

/** Later processors first, then what is always there. */
function requestLayers(
  { settings, options }: RenderingBasis,
  request: HttpRequest | undefined,
): readonly object[] {
  if (request === undefined) return [];
  const layers = (options.contextProcessors ?? []).map((processor) => {
    const layer: unknown = processor(request);
    if (typeof layer === "object" && layer !== null && !(layer instanceof Promise)) return layer;
    throw new ImproperlyConfigured(
      `The context processor ${processor.name || "(anonymous)"} must return an object; found ${describeValue(layer)}.`,
    );
  });
  return [...layers.toReversed(), requestLayer(settings, request)];
}

/** Computed when a template asks: a token that nobody asks for need not be made, nor its cookie set. */
function requestLayer(settings: LibrarySettings, request: HttpRequest): object {
  return {
    request,
    get csrf_token() {
      return request.getCsrfToken?.() ?? "";
    },
    get csp_nonce(): unknown {
      return Reflect.get(request, "cspNonce");
    },
    get debug() {
      return settings.DEBUG && isLoopback(request.META.REMOTE_ADDR);
    },
    get STATIC_URL() {
      return settings.STATIC_URL === null ? "" : staticUrls(settings).base;
    },
  };
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(?:127\.|::1$|::ffff:127\.)/.test(address);
}

/** What `{% include %}` and its like were given. Names that start with `./` or `../` start at the template they stand in. */
function namesOf(names: unknown, from: TemplateSource): readonly string[] {
  const list: readonly unknown[] = Array.isArray(names) ? names : [names];
  if (list.length === 0) throw new TypeError("No template names provided");
  return list.map((name) => {
    if (typeof name !== "string" && !(name instanceof SafeString))
      throw new TypeError(`the name of a template is ${describeValue(name)}, not a string`);
    return absoluteName(String(name), from);
  });
}

export function absoluteName(name: string, from: TemplateSource): string {
  if (!/^\.{1,2}\//.test(name)) return name;
  const absolute = posix.join(posix.dirname(from.name), name);
  if (!absolute.startsWith("../")) return absolute;
  throw new TypeError(
    `the relative name ${JSON.stringify(name)} leads out of the folders that ${from.name} is in`,
  );
}
