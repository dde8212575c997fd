/** What an assertion throws. It is not one of the errors of ndview: the arrays are not as they should be, the call is right. */
export class AssertionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "AssertionError";
  }
}
