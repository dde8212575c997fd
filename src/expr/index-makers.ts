/** What is indexed to make something: `np.s_[1:3]`, `np.r_[0:5, 9]`, `np.mgrid[0:3, 0:4]`. */
export class IndexMaker {
  readonly name: string;
  readonly get: (index: unknown) => unknown;

  constructor(name: string, get: (index: unknown) => unknown) {
    this.name = name;
    this.get = get;
  }
}
