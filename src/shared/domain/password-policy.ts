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

const rules: readonly PasswordRule[] = [
  { message: 'Minimum 8 characters', isMet: (password) => password.length >= 8 },
  { message: 'Maximum 32 characters', isMet: (password) => password.length <= 32 },
  { message: 'Must contain a letter', isMet: (password) => /\p{L}/u.test(password) },
  { message: 'Must contain a digit', isMet: (password) => /\d/.test(password) },
  {
    message: 'Must contain an uppercase letter or a special character',
    isMet: (password) => /\p{Lu}|[^\p{L}\d]/u.test(password),
  },
  {
    message: 'Must not contain a sequence such as 1234 or abcd',
    isMet: (password) =>
      longestRun(password, 1, isSimple) < sequenceLength && longestRun(password, -1, isSimple) < sequenceLength,
  },
  {
    message: 'Must not contain a character three times in a row, such as 222',
    isMet: (password) => longestRun(password, 0, () => true) < repeatLength,
  },
  {
    message: 'Must not contain account details such as the username',
    isMet: (password, account) => !partsOf(account).some((part) => password.toLowerCase().includes(part)),
  },
]

/** The default policy for administrators and dealers, in one sentence. */
export const passwordPolicyText =
  '8 to 32 characters with a letter, a digit, and an uppercase letter or a special character. No sequences such as 1234 or abcd, no repeats such as 222, no account details.'

/**
 * The error of a new password under the default policy for administrators and dealers; `account` are its username and
 * email address. A PBX may have another policy, which it then reports.
 */
export const passwordProblem = (password: string, account: readonly string[] = []): string | undefined =>
  rules.find(({ isMet }) => !isMet(password, account))?.message
