/** Partners that come without types; what the tests use of them. */
declare module "pngjs" {
  export const PNG: { sync: { write(png: never): Uint8Array; read(file: Uint8Array): unknown } };
}
