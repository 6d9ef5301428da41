import { readFileSync, statSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { MoodsyncError } from "../../src/domain/moodsync-error.ts";

/** A certificate with its chain and its key, in PEM. */
export interface TlsFiles {
  cert: string;
  key: string;
}

/** Where they are. */
export interface TlsPaths {
  certPath: string;
  keyPath: string;
}

/** Reads both files and tries whether they belong together. Throws `invalid_input`; the key is in no message. */
export function readTlsFiles(paths: TlsPaths): TlsFiles {
  const files = { cert: readPem(paths.certPath, "--tls-cert"), key: readPem(paths.keyPath, "--tls-key") };
  try {
    createSecureContext(files);
  } catch (error) {
    const mismatch = (error as NodeJS.ErrnoException).code === "ERR_OSSL_X509_KEY_VALUES_MISMATCH";
    throw new MoodsyncError(
      "invalid_input",
      mismatch
        ? "The key of --tls-key does not belong to the certificate of --tls-cert."
        : "The files of --tls-cert and --tls-key are not a certificate and its key in PEM form.",
      { hint: "The certificate's file starts with the server's own certificate; the key has no passphrase." },
    );
  }
  return files;
}

/** Whether every user of this machine may read the key. */
export function isKeyReadableByAll({ keyPath }: TlsPaths): boolean {
  return (statSync(keyPath).mode & 0o004) !== 0;
}

function readPem(path: string, option: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new MoodsyncError("invalid_input", `The file of ${option} cannot be read.`, {
      hint: "Check the path and that this user may read it.",
    });
  }
}
