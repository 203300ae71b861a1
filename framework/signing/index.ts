/** `minorswing/signing`: texts and values that can be read by everybody and made only with the key. */
export { constantTimeCompare, getRandomString, saltedHmac, type BytesOrText } from "./crypto.ts";
export { getCookieSalt, getCookieSigner } from "./cookie-signer.ts";
export { dumps, loads, type DumpsOptions, type LoadsOptions } from "./dumps.ts";
export {
  BadSignature,
  InvalidAlgorithm,
  InvalidPayload,
  SignatureExpired,
  UnsafeSeparator,
  UnsignableValue,
} from "./exceptions.ts";
export { jsonSerializer, type Serializer } from "./json.ts";
export { type PackOptions, type PayloadOptions } from "./payload.ts";
export { Signer, type SignerOptions } from "./signer.ts";
export {
  TimestampSigner,
  type AgeOptions,
  type TimestampSignerOptions,
} from "./timestamp-signer.ts";
