/**
 * Settings: Limits of request bodies, and what takes uploaded files.
 *
 * Layer 4 (conf). Source: Django conf/global_settings.py.
 */
import { MemoryFileUploadHandler } from "../../http/uploads/memory-handler.ts";
import { TemporaryFileUploadHandler } from "../../http/uploads/temporary-file-handler.ts";
import type { FileUploadHandlerClass } from "../../http/uploads/upload-handlers.ts";
import {
  ABSOLUTE_PATH_OR_NULL,
  isListOf,
  LIMIT,
  WHOLE_NUMBER,
  type Checks,
} from "../check-kinds.ts";

export interface UploadSettings {
  /** Largest request body read into memory, in bytes, uploaded files not counted; `null` for no limit. @default 2_621_440 (2.5 MiB) */
  readonly DATA_UPLOAD_MAX_MEMORY_SIZE: number | null;
  /** Most GET or POST parameters of a request; `null` for no limit. @default 1000 */
  readonly DATA_UPLOAD_MAX_NUMBER_FIELDS: number | null;
  /** Most files of a request; `null` for no limit. @default 100 */
  readonly DATA_UPLOAD_MAX_NUMBER_FILES: number | null;
  /**
   * What takes uploaded files, in this order: classes, each made anew for every upload.
   * @default [MemoryFileUploadHandler, TemporaryFileUploadHandler]
   */
  readonly FILE_UPLOAD_HANDLERS: readonly FileUploadHandlerClass[];
  /** Largest upload, in bytes, that is kept in memory; a larger one goes to temporary files. @default 2_621_440 (2.5 MiB) */
  readonly FILE_UPLOAD_MAX_MEMORY_SIZE: number;
  /** Absolute path of the folder for temporary files; `null` for the system's. @default null */
  readonly FILE_UPLOAD_TEMP_DIR: string | null;
}

export const UPLOAD_DEFAULTS: UploadSettings = {
  DATA_UPLOAD_MAX_MEMORY_SIZE: 2_621_440,
  DATA_UPLOAD_MAX_NUMBER_FIELDS: 1000,
  DATA_UPLOAD_MAX_NUMBER_FILES: 100,
  FILE_UPLOAD_HANDLERS: [MemoryFileUploadHandler, TemporaryFileUploadHandler],
  FILE_UPLOAD_MAX_MEMORY_SIZE: 2_621_440,
  FILE_UPLOAD_TEMP_DIR: null,
};

export const UPLOAD_CHECKS: Checks<UploadSettings> = {
  DATA_UPLOAD_MAX_MEMORY_SIZE: LIMIT,
  DATA_UPLOAD_MAX_NUMBER_FIELDS: LIMIT,
  DATA_UPLOAD_MAX_NUMBER_FILES: LIMIT,
  FILE_UPLOAD_HANDLERS: [
    "an array of upload handler classes",
    isListOf((entry) => typeof entry === "function"),
  ],
  FILE_UPLOAD_MAX_MEMORY_SIZE: WHOLE_NUMBER,
  FILE_UPLOAD_TEMP_DIR: ABSOLUTE_PATH_OR_NULL,
};
