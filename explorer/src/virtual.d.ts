declare module "virtual:signatures" {
  import type { Signatures } from "./signatures.ts";

  const signatures: Signatures;
  export default signatures;
}
