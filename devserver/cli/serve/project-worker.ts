/**
 * What the workers of a project's server import: see `nameProject`.
 *
 * Layer 10 (cli).
 */
import type { WSGIApplication } from "../../../framework/wsgi.ts";
import { loadNamedProject } from "./project-application.ts";

const application: WSGIApplication = await loadNamedProject(import.meta.url);

export default application;
