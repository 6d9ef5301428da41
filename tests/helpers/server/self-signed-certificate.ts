import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new certificate of that name that nobody signed but its own key, in PEM. */
export function selfSignedCertificate(
  name: string,
  { days = 30 } = {},
): { certificate: string; privateKey: string } {
  const directory = mkdtempSync(join(tmpdir(), "moodsync-cert-"));
  const [key, cert] = [join(directory, "key"), join(directory, "cert")];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const subject = ["-subj", `/CN=${name}`, "-days", String(days)];
  execFileSync("openssl", ["req", "-x509", ...kind, ...subject, "-keyout", key, "-out", cert], {
    stdio: "ignore",
  });
  const files = { certificate: readFileSync(cert, "utf8"), privateKey: readFileSync(key, "utf8") };
  rmSync(directory, { recursive: true });
  return files;
}
