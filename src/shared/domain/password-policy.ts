import { printNumber } from '../format/print-number'

interface PasswordRule {
  /** The error text if the rule is not met. */
  readonly message: string
  readonly isMet: (password: string, account: readonly string[]) => boolean
}

/** Number of consecutive characters, up or down, that count as a sequence: `1234`, `dcba`. */
const sequenceLength = 4
const repeatLength = 3
/** Shorter parts of account texts occur in many passwords by chance. */
const accountPartLength = 3

const codes = (text: string): readonly number[] =>
  [...text.toLowerCase()].map((character) => character.codePointAt(0) ?? 0)
const isSimple = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 97 && code <= 122)

/** Length of the longest run in which each character differs from the previous one by `step`. */
function longestRun(text: string, step: number, counts: (code: number) => boolean): number {
  const characterCodes = codes(text)
  let run = characterCodes.length === 0 ? 0 : 1
  let longest = run
  for (let index = 1; index < characterCodes.length; index++) {
    const [previous = 0, current = 0] = [characterCodes[index - 1], characterCodes[index]]
    run = current - previous === step && counts(previous) && counts(current) ? run + 1 : 1
    longest = Math.max(longest, run)
  }
  return longest
}

/** For an email address, also the part before the @. */
const partsOf = (account: readonly string[]): readonly string[] =>
  account
    .flatMap((text) => [text, text.split('@')[0] ?? ''])
    .map((text) => text.trim().toLowerCase())
    .filter((text) => text.length >= accountPartLength)

/**
 * The rules for new passwords, as GET /tenant/password_policy reports them. Lengths are in characters.
 */
export interface PasswordPolicy {
  readonly minLength: number
  readonly maxLength: number
  readonly letters: boolean
  readonly digits: boolean
  readonly specials: boolean
  readonly noSequences: boolean
  readonly noRepeats: boolean
  readonly noAccountDetails: boolean
}

/** The documented default for administrators and dealers. */
export const defaultPolicy: PasswordPolicy = {
  minLength: 8,
  maxLength: 32,
  letters: true,
  digits: true,
  specials: true,
  noSequences: true,
  noRepeats: true,
  noAccountDetails: true,
}

/** The documented default for the users of a tenant. */
export const tenantPolicy: PasswordPolicy = { ...defaultPolicy, minLength: 6 }

/** The policy that applies to an account. */
export interface PasswordRules {
  readonly policy: PasswordPolicy
  /** Where the policy comes from: a reply of this PBX, or the documentation. */
  readonly source: 'pbx' | 'default'
  /** The PBX may have another policy: a password that violates this one is still sent. */
  readonly isAdvisory: boolean
}

const rulesOf = (policy: PasswordPolicy): readonly (PasswordRule & { readonly isOn: boolean })[] => [
  {
    isOn: true,
    message: `Minimum ${printNumber(policy.minLength)} characters`,
    isMet: (password) => password.length >= policy.minLength,
  },
  {
    isOn: true,
    message: `Maximum ${printNumber(policy.maxLength)} characters`,
    isMet: (password) => password.length <= policy.maxLength,
  },
  { isOn: policy.letters, message: 'Must contain a letter', isMet: (password) => /\p{L}/u.test(password) },
  { isOn: policy.digits, message: 'Must contain a digit', isMet: (password) => /\d/.test(password) },
  {
    isOn: policy.specials,
    message: 'Must contain an uppercase letter or a special character',
    isMet: (password) => /\p{Lu}|[^\p{L}\d]/u.test(password),
  },
  {
    isOn: policy.noSequences,
    message: 'Must not contain a sequence such as 1234 or abcd',
    isMet: (password) =>
      longestRun(password, 1, isSimple) < sequenceLength && longestRun(password, -1, isSimple) < sequenceLength,
  },
  {
    isOn: policy.noRepeats,
    message: 'Must not contain a character three times in a row, such as 222',
    isMet: (password) => longestRun(password, 0, () => true) < repeatLength,
  },
  {
    isOn: policy.noAccountDetails,
    message: 'Must not contain account details such as the username',
    isMet: (password, account) => !partsOf(account).some((part) => password.toLowerCase().includes(part)),
  },
]

/** `8 to 32 characters with a letter and a digit. No repeats such as 222.` */
export function policyText(policy: PasswordPolicy): string {
  const { minLength, maxLength, letters, digits, specials, noSequences, noRepeats, noAccountDetails } = policy
  const listed = (parts: readonly (string | false)[]): string => parts.filter((part) => part !== false).join(', ')
  const required = listed([
    letters && 'a letter',
    digits && 'a digit',
    specials && 'an uppercase letter or a special character',
  ])
  const forbidden = listed([
    noSequences && 'no sequences such as 1234 or abcd',
    noRepeats && 'no repeats such as 222',
    noAccountDetails && 'no account details',
  ])
  const length = `${printNumber(minLength)} to ${printNumber(maxLength)} characters`
  const first = required === '' ? length : `${length} with ${required.replace(/, (?!.*, )/, ', and ')}`
  return forbidden === '' ? `${first}.` : `${first}. ${forbidden.charAt(0).toUpperCase()}${forbidden.slice(1)}.`
}

/** The default policy for administrators and dealers, in one sentence. */
export const passwordPolicyText = policyText(defaultPolicy)

/** The error of a new password under a policy; `account` are its username and email address. */
export const passwordProblem = (
  password: string,
  account: readonly string[] = [],
  policy: PasswordPolicy = defaultPolicy,
): string | undefined => rulesOf(policy).find(({ isOn, isMet }) => isOn && !isMet(password, account))?.message

/** The policy of an account in words. */
export const rulesText = ({ policy, source, isAdvisory }: PasswordRules): string => {
  if (!isAdvisory) return policyText(policy)
  return source === 'pbx'
    ? `${policyText(policy)} The PBX decides.`
    : `Default policy: ${policyText(policy)} The policy of this PBX could not be read, so the PBX decides.`
}

/** The error of a password that must not be sent. What violates an advisory policy is sent: the PBX decides. */
export const blockingProblem = (
  password: string,
  account: readonly string[],
  { policy, isAdvisory }: PasswordRules,
): string | undefined => (isAdvisory ? undefined : passwordProblem(password, account, policy))

/** What to know of an advisory policy that the password violates. */
export function advisoryNote(
  password: string,
  account: readonly string[],
  { policy, source, isAdvisory }: PasswordRules,
): string | undefined {
  const problem = isAdvisory ? passwordProblem(password, account, policy) : undefined
  if (problem === undefined) return undefined
  const whose = source === 'pbx' ? 'The policy that the PBX reports' : 'The default policy'
  return `${whose}: ${problem}. The PBX decides.`
}
