/**
 * What can go wrong with signed texts.
 *
 * Layer 1. Who catches `BadSignature` has caught whatever a text from outside can cause; the others are bugs of the
 * project. Source: Django core/signing.py, where an unsafe separator is a ValueError.
 */
import { FrameworkError } from "../exceptions.ts";

/** The text was not signed with this key and salt, or was changed since. */
export class BadSignature extends FrameworkError {
  override readonly name: string = "BadSignature";
  readonly code: string = "signing.bad_signature";
}

/** The signature is right, but older than allowed. Units: `age` and `maxAge` in seconds. */
export class SignatureExpired extends BadSignature {
  override readonly name: string = "SignatureExpired";
  override readonly code: string = "signing.signature_expired";
  readonly age: number;
  readonly maxAge: number;

  constructor(age: number, maxAge: number) {
    super(`Signature age ${age} > ${maxAge} seconds`);
    this.age = age;
    this.maxAge = maxAge;
  }
}

/** The signature is right, but what it signs is no packed value: another part of the site uses the same salt. */
export class InvalidPayload extends BadSignature {
  override readonly name: string = "InvalidPayload";
  override readonly code: string = "signing.invalid_payload";
}

/** This value cannot be signed: it has no JSON, or no UTF-8. */
export class UnsignableValue extends FrameworkError {
  override readonly name: string = "UnsignableValue";
  readonly code: string = "signing.unsignable_value";
}

/** The separator could be part of a signature, so nobody could tell where the value ends. */
export class UnsafeSeparator extends FrameworkError {
  override readonly name: string = "UnsafeSeparator";
  readonly code: string = "signing.unsafe_separator";

  constructor(separator: string) {
    super(
      `Unsafe Signer separator: ${JSON.stringify(separator)} (cannot be empty or consist of only A-z0-9-_=)`,
    );
  }
}

/** `node:crypto` has no HMAC with a hash of this name. */
export class InvalidAlgorithm extends FrameworkError {
  override readonly name = "InvalidAlgorithm";
  readonly code = "signing.invalid_algorithm";

  constructor(algorithm: string) {
    super(`"${algorithm}" is not an algorithm that node:crypto makes an HMAC with; try "sha256"`);
  }
}
