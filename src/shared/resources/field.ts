/** Words for a choice; `value` is the API's own. `tone` puts a sign of its color before it. */
export interface FieldChoice {
  readonly value: string
  readonly label: string
  readonly tone?: 'good' | 'warn' | 'bad'
  /** Other words for it that an import accepts. */
  readonly also?: readonly string[]
}

/**
 * A value that may do harm: one exactly, or any number above or below a bound. `text` says what it does. One that `stops` is a guard: it is sent only
 * after the override word was typed; without it the harm is only shown. With `together`, only while another field has
 * that value.
 */
export type Danger = {
  readonly text: string
  readonly stops?: boolean
  readonly together?: { readonly key: string; readonly is: string | boolean }
} & ({ readonly when: string | number | boolean } | { readonly above: number } | { readonly below: number })

/**
 * What every kind of field has. `key` is the API's own name, dotted inside an object (`e164.country`); `inTable` gives it a column of `width` CSS
 * pixels, an optional one only when the person asks for it.
 */
interface FieldBase<K extends string, O extends string> {
  readonly key: K
  readonly label: string
  /** Other names that a column of a file has for it. */
  readonly aliases?: readonly string[]
  /** A shorter label for a column that is narrow. */
  readonly column?: string
  readonly help?: string
  /** The heading under which the form shows it. */
  readonly group?: string
  readonly required?: boolean
  /** Differences of a PBX from this generation on. */
  readonly revised?: {
    readonly since: string
    readonly required?: boolean
    readonly minLength?: number
    readonly maxLength?: number
    /** The PBX reports its own policy, so the default one refuses nothing. */
    readonly rule?: 'reported-policy'
    readonly help?: string
  }
  /** The API takes it when the resource is made, and never again. */
  readonly createOnly?: boolean
  /** The API gives it and never takes it. */
  readonly readOnly?: boolean
  /** The API takes it and never gives it: an empty one leaves what is stored. */
  readonly writeOnly?: boolean
  /** A secret that the API gives in clear: main takes it out before a reply crosses to the window. It can be set anew. */
  readonly secret?: boolean
  /** Missing in rows of the list; only a single record that is read has it. */
  readonly detailOnly?: boolean
  readonly inTable?: boolean | 'optional'
  readonly sortable?: boolean
  readonly width?: number
  /** It can be set for many selected records together. */
  readonly bulk?: boolean
  /** Why each server has its own value, so that several servers never get the same one. */
  readonly perServer?: string
  /** First and last generation of the PBX that has the field, for example `22.6`. Without them all that the app knows have it. */
  readonly since?: string
  readonly until?: string
  /** What the PBX assumes where nothing was set. */
  readonly default?: string | number | boolean
  /** What the form of something new begins with where the PBX assumes nothing. */
  readonly preset?: string
  /** What a blank one means, in a word. */
  readonly empty?: string
  /** A change may leave it as it is, and never clears it. */
  readonly neverBlank?: boolean
  /** Values that may do harm: shown beside the field while it has one of them, and again before they are sent. */
  readonly danger?: Danger | readonly Danger[]
  /** Has an effect only while another field of the form has one of these values. */
  readonly onlyWith?: { readonly key: O; readonly is: readonly (string | boolean)[] }
}

export interface PairedField {
  readonly key: string
  readonly label: string
}

/** Texts are counted in characters, numbers are whole unless `fraction`, times are RFC 3339 in UTC, a share is 0 to 1 and shown as per cent. */
type SimpleKind<O extends string> =
  | {
      readonly kind: 'text'
      readonly minLength?: number
      readonly maxLength?: number
      readonly pattern?: string
      /** The message if the pattern does not match. */
      readonly expected?: string
      readonly multiline?: boolean
      /** More than a pattern can check; shown while it is typed. */
      readonly rule?: 'account-name' | 'domain' | 'email' | 'server-address'
      /** Upper and lower case are the same, as in domains and email addresses. */
      readonly ignoresCase?: true
    }
  | {
      readonly kind: 'secret'
      readonly minLength?: number
      readonly maxLength?: number
      readonly pattern?: string
      /** The default policy for administrators and dealers, shown while it is typed. */
      readonly rule?: 'admin-password' | 'reported-policy'
      /** Keys of the fields whose values must not stand in it. */
      readonly about?: readonly O[]
    }
  | { readonly kind: 'id' }
  | { readonly kind: 'cidr' }
  /** An IP address. That of a `host` is one under which others reach it: no loopback address, and none that stands for all. */
  | { readonly kind: 'address'; readonly family: 4 | 6; readonly host?: boolean }
  | {
      readonly kind: 'number'
      readonly min?: number
      readonly max?: number
      readonly unit?: string
      readonly fraction?: boolean
      /** The other field of a pair, which has the lowest or the highest value that this one may have. */
      readonly notBelow?: PairedField
      readonly notAbove?: PairedField
      /** A number that is a name and no amount: its digits are not grouped. */
      readonly of?: 'port'
    }
  | { readonly kind: 'share' }
  | { readonly kind: 'switch' }
  /** A record has no effect after its end. */
  | { readonly kind: 'time'; readonly isEnd?: true }
  | { readonly kind: 'choice'; readonly choices: readonly FieldChoice[] }
  /** One of a long list that the window brings along. */
  | { readonly kind: 'pick'; readonly from: 'time-zones' | 'currencies' | 'countries' | 'calling-codes' }
  /** A size with its unit, `100MB`; empty means without limit. */
  | { readonly kind: 'size' }
  /** Several texts in one, as the API joins them. */
  | {
      readonly kind: 'list'
      readonly separator: ';' | ','
      readonly of: 'text' | 'email' | 'did'
      readonly max?: number
    }
  | { readonly kind: 'pem'; readonly of: 'certificate' | 'private-key' }
  | { readonly kind: 'json' }
  /** Office hours: days of the week with ranges of time. */
  | { readonly kind: 'week' }

/** A field of one of several small objects. */
export type RowField = FieldBase<string, string> & SimpleKind<string>
type Kind<O extends string> = SimpleKind<O> | { readonly kind: 'rows'; readonly fields: readonly RowField[] }

/** A field with a key among `K`. The keys of other fields that it depends on are among `O`. */
export type FieldSpec<K extends string = string, O extends string = string> = FieldBase<K, O> & Kind<O>
