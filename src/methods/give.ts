/** Gives what inherits from `owner` methods and accessors, which stay out of sight where properties are listed. */
export function give(owner: object, methods: object): void {
  for (const name of Reflect.ownKeys(methods)) {
    const method = Object.getOwnPropertyDescriptor(methods, name) as PropertyDescriptor;
    Object.defineProperty(owner, name, { ...method, enumerable: false });
  }
}
