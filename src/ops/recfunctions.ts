/** Functions on arrays with fields: NumPy's `numpy.lib.recfunctions`, as `np.recfunctions`. */

export {
  type AppendFieldsOptions,
  appendFields,
  assignFieldsByName,
  dropFields,
  type FieldDefaults,
  type MergeArraysOptions,
  mergeArrays,
  type RepackFieldsOptions,
  recAppendFields,
  recDropFields,
  recursiveFillFields,
  renameFields,
  repackFields,
  requireFields,
  type StackArraysOptions,
  stackArrays,
} from "./recfunctions-fields.ts";
export {
  type FindDuplicatesOptions,
  findDuplicates,
  type JoinByOptions,
  joinBy,
  recJoin,
} from "./recfunctions-join.ts";
export {
  flattenDescr,
  getFieldstructure,
  getNames,
  getNamesFlat,
  type NestedName,
} from "./recfunctions-names.ts";
export {
  applyAlongFields,
  type StructuredToUnstructuredOptions,
  structuredToUnstructured,
  type UnstructuredToStructuredOptions,
  unstructuredToStructured,
} from "./recfunctions-unstructured.ts";
