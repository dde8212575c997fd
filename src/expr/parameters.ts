/**
 * What NumPy calls the parameters of its functions, in their order. Before `|` stand those that functions here take by position,
 * behind it those that are options here, under the same names in camel case; what stands behind `/` may be left out. `*` collects
 * what is left. Behind `:` are the
 * functions. A mark behind a name says what its values are: `#` numbers and lists of them, `$` operands, `%` dtypes; without
 * one, the name says it (kinds below). test/expr/parameters.test.ts compares this with NumPy.
 */
const table = `
a | axis out keepdims where : all any
a b | rtol atol equal_nan : allclose isclose
a | axis out keepdims initial where : amax amin max min nanmax nanmin
z / deg : angle
arr values | axis : append
start_or_stop / stop step | dtype : arange
a | axis out keepdims : argmax argmin nanargmax nanargmin ptp
a kth | axis kind order : argpartition partition
a | axis kind order stable : argsort sort
a : argwhere flatnonzero isfortran min_scalar_type ndim nonzero shape sort_complex byte_bounds char.capitalize char.lower char.swapcase char.title char.upper strings.capitalize strings.lower strings.swapcase strings.title strings.upper
a / decimals out : around round
object | dtype copy order ndmin : array
a | max_line_width precision suppress_small separator prefix formatter threshold edgeitems sign floatmode suffix : array2string
a1 a2 / equal_nan : array_equal
a1 a2 : array_equiv
arr | max_line_width precision suppress_small : array_repr
ary indices_or_sections / axis : array_split split
a | max_line_width precision suppress_small : array_str
a | dtype order copy : asanyarray asarray
a / dtype order : asarray_chkfinite
a / dtype : ascontiguousarray asfortranarray
x dtype | copy order casting : astype
*arys : atleast_1d atleast_2d atleast_3d
a | axis weights returned keepdims : average
M : bartlett blackman hamming hanning
number$ / base padding : base_repr
num$ / width : binary_repr
x | weights minlength : bincount
arrays : block
*arrays : broadcast broadcast_arrays common_type
*shapes : broadcast_shapes
array shape : broadcast_to
begindates enddates | weekmask holidays busdaycal out : busday_count
dates offsets | roll weekmask holidays busdaycal out : busday_offset
from_% to / casting : can_cast
a choices | out mode : choose
a / a_min a_max | out min max : clip
tup : column_stack dstack
condition a | axis out : compress
arrays | axis out dtype casting : concat concatenate stack
a v / mode : convolve correlate
a / order : copy ravel
dst src | casting where : copyto
x / y | rowvar dtype : corrcoef
a | axis keepdims : count_nonzero
m / y | rowvar bias ddof fweights aweights dtype : cov
a b | axisa axisb axisc axis : cross
a | axis dtype out : cumprod cumsum nancumprod nancumsum
x | axis dtype out include_initial : cumulative_prod cumulative_sum
value / unit : datetime64 timedelta64
arr | unit timezone casting : datetime_as_string
dtype : datetime_data
arr obj | axis : delete
v / k : diag diagflat
n / ndim : diag_indices
arr : diag_indices_from
a / offset axis1 axis2 : diagonal
a | n axis prepend append : diff
x bins$ | right : digitize
a b | out : dot outer
ary indices_or_sections : dsplit hsplit vsplit
dtype | align copy : dtype
ary | to_end to_begin : ediff1d
shape | dtype order : empty ones zeros
prototype | dtype order shape : empty_like
a / axis : expand_dims size squeeze
condition arr : extract
N / M k | dtype order : eye
a val | wrap : fill_diagonal
x / out : fix isneginf isposinf
m / axis : flip
m : fliplr flipud
x | precision unique fractional trim sign pad_left pad_right min_digits : format_float_positional
x | precision unique trim sign pad_left exp_digits min_digits : format_float_scientific
buffer / dtype | count offset : frombuffer
iter dtype / count : fromiter
string | dtype count sep : fromstring
shape fill_value | dtype order : full
a fill_value | dtype order shape : full_like
start stop / num | endpoint dtype axis : geomspace
 : get_printoptions
a / bins$ | range density weights : histogram
x y / bins$ | range density weights : histogram2d
a / bins$ | range weights : histogram_bin_edges
sample / bins$ | range density weights : histogramdd
tup | dtype casting : hstack vstack
x : i0 iscomplex iscomplexobj isreal isrealobj matrix_transpose sinc unique_all unique_counts unique_inverse unique_values emath.arccos emath.arcsin emath.arctanh emath.log emath.log10 emath.log2 emath.sqrt
n | dtype : identity
val : imag real
dimensions | dtype sparse : indices
a b : inner kron vdot
arr obj values | axis : insert
x xp fp | left right period : interp
ar1 ar2 | assume_unique return_indices : intersect1d
dates | weekmask holidays busdaycal out : is_busday
dtype kind% : isdtype
element test_elements | assume_unique invert kind : isin
element : isscalar
arg1% arg2% : issubdtype
M beta : kaiser
keys | axis : lexsort
start stop / num | endpoint retstep dtype axis : linspace
start stop / num | endpoint base$ dtype axis : logspace
a b | max_work : may_share_memory shares_memory
a | axis dtype out keepdims where : mean nanmean
a | axis out overwrite_input keepdims : median nanmedian
*xi | copy sparse indexing : meshgrid
a source destination : moveaxis
x | copy nan posinf neginf : nan_to_num
a q | axis out overwrite_input method keepdims weights : nanpercentile nanquantile percentile quantile
a | axis dtype out keepdims initial where : nanprod nansum prod sum
a | axis dtype out ddof keepdims where mean correction : nanstd nanvar std var
a | dtype order shape : ones_like zeros_like
a | axis bitorder : packbits
a | axis count bitorder : unpackbits
array pad_width / mode | stat_length constant_values end_values reflect_type : pad
a / axes : permute_dims transpose
arr mask vals : place
type1% type2% : promote_types
a ind v | mode : put
arr indices values axis : put_along_axis
a mask values : putmask
multi_index dims | mode order : ravel_multi_index
a / tol : real_if_close
a repeats | axis : repeat
a / dtype requirements : require
a shape | order copy : reshape
a new_shape : resize
*arrays_and_dtypes : result_type
a shift | axis : roll
a axis / start# : rollaxis
m / k axes : rot90
a v | side sorter : searchsorted
condlist choicelist / default : select
 | precision threshold edgeitems linewidth suppress nanstr infstr formatter sign floatmode : set_printoptions
ar1 ar2 | assume_unique : setdiff1d setxor1d
a axis1 axis2 : swapaxes
a indices | axis out mode : take
arr indices / axis : take_along_axis
a b / axes : tensordot
A reps : tile
a | offset axis1 axis2 dtype out : trace
y | x dx axis : trapezoid
N / M k | dtype : tri
m / k : tril triu
n / k m# : tril_indices triu_indices
arr / k : tril_indices_from triu_indices_from
filt | trim axis : trim_zeros
ar1 ar2 : union1d
ar | return_index return_inverse return_counts axis equal_nan sorted : unique
indices shape | order : unravel_index
x | axis : unstack
p | discont axis period : unwrap
x / N | increasing : vander
condition / x y : where
x1 x2 | out where casting order dtype signature : char.add strings.add strings.equal strings.greater strings.greater_equal strings.less strings.less_equal strings.not_equal
a width / fillchar : char.center char.ljust char.rjust strings.center strings.ljust strings.rjust
a1 a2 cmp rstrip : char.compare_chararrays
a sub / start end : char.count char.find char.index char.rfind char.rindex strings.count strings.find strings.index strings.rfind strings.rindex
a / encoding errors : char.decode char.encode strings.decode strings.encode
a suffix / start end : char.endswith strings.endswith
x1 x2 : char.equal char.greater char.greater_equal char.less char.less_equal char.not_equal
a / tabsize : char.expandtabs strings.expandtabs
x | out where casting order dtype signature : char.isalnum char.isalpha char.isdecimal char.isdigit char.islower char.isnumeric char.isspace char.istitle char.isupper char.str_len strings.isalnum strings.isalpha strings.isdecimal strings.isdigit strings.islower strings.isnumeric strings.isspace strings.istitle strings.isupper strings.str_len
sep seq : char.join
a / chars : char.lstrip char.rstrip char.strip strings.lstrip strings.rstrip strings.strip
a values : char.mod strings.mod
a i : char.multiply strings.multiply
a sep : char.partition char.rpartition strings.partition strings.rpartition
a old new / count$ : char.replace strings.replace
a / sep maxsplit : char.rsplit char.split
a / keepends : char.splitlines
a prefix / start end : char.startswith strings.startswith
a width : char.zfill strings.zfill
a / start stop step : strings.slice
n$ x : emath.logn
x p : emath.power
val / msg : testing.assert_
actual desired / rtol atol | equal_nan err_msg verbose strict : testing.assert_allclose
actual desired | decimal err_msg verbose : testing.assert_almost_equal testing.assert_array_almost_equal
actual desired | significant err_msg verbose : testing.assert_approx_equal
x y / nulp : testing.assert_array_almost_equal_nulp
actual desired | err_msg verbose strict : testing.assert_array_equal testing.assert_equal
x y | err_msg verbose strict : testing.assert_array_less
a b / maxulp dtype : testing.assert_array_max_ulp
actual desired : testing.assert_string_equal
x | shape strides writeable : as_strided
x window_shape | axis writeable : sliding_window_view
axis ndim : normalize_axis_index
axis ndim | argname allow_duplicate : normalize_axis_tuple
arr | dtype copy casting : recfunctions.structured_to_unstructured
arr | dtype names align copy casting : recfunctions.unstructured_to_structured
base drop_names : recfunctions.drop_fields
base namemapper : recfunctions.rename_fields
a | align recurse : recfunctions.repack_fields
`;

/** What the values of a parameter are: operands, numbers and lists of them, or dtypes. */
export type ParameterKind = "operand" | "number" | "dtype";

const marks: Readonly<Record<string, ParameterKind>> = { "#": "number", $: "operand", "%": "dtype" };

const kinds: ReadonlyMap<string, ParameterKind> = new Map([
  ..."axis axes axisa axisb axisc axis1 axis2 shape new_shape dims dimensions num n N M k decimals ndim offset source destination window_shape indices_or_sections kth pad_width stat_length reps shift obj ddof correction ndmin minlength precision threshold edgeitems linewidth max_line_width count max_work base padding width tol strides exp_digits min_digits pad_left pad_right edge_order nulp decimal significant maxulp maxsplit shapes"
    .split(" ")
    .map((name) => [name, "number"] as const),
  ..."dtype to type".split(" ").map((name) => [name, "dtype"] as const),
]);

export interface Parameter {
  readonly name: string;
  readonly kind: ParameterKind;
}

/** The parameters of a function. */
export interface Signature {
  readonly parameters: readonly Parameter[];
  /** How many must be given. */
  readonly required: number;
  /** How many go by position, before and with what collects the rest; the others are options. */
  readonly positional: number;
  /** Whether the last positional one collects the rest. */
  readonly collects: boolean;
}

let known: Map<string, Signature> | null = null;

/** The parameters of a function by NumPy's name, or null. */
export function signatureOf(name: string): Signature | null {
  known ??= readTable();
  return known.get(name) ?? null;
}

function readTable(): Map<string, Signature> {
  const signatures = new Map<string, Signature>();
  for (const line of table.trim().split("\n")) {
    const [names = "", functions = ""] = line.split(":");
    const [head = "", tail = ""] = names.split("|");
    const signature = readSignature(words(head), words(tail));
    for (const name of words(functions)) signatures.set(name, signature);
  }
  return signatures;
}

function words(text: string): string[] {
  return text.split(" ").filter((word) => word !== "");
}

/** @internal A signature from the words of the table. */
export function readSignature(head: readonly string[], tail: readonly string[]): Signature {
  const split = head.indexOf("/");
  const names = head.filter((word) => word !== "/");
  return {
    parameters: [...names, ...tail].map(readParameter),
    required: split < 0 ? names.filter((name) => !name.startsWith("*")).length : split,
    positional: names.length,
    collects: head.at(-1)?.startsWith("*") === true,
  };
}

function readParameter(word: string): Parameter {
  const name = word.replace(/^\*|[#$%]$/g, "");
  return { name, kind: marks[word.at(-1) as string] ?? kinds.get(name) ?? "operand" };
}

/** All names of the table. */
export function signatureNames(): Iterable<string> {
  known ??= readTable();
  return known.keys();
}
