interface PasswordRule {
  /** In words for the person, where it is broken. */
  readonly broken: string
  readonly holds: (password: string, account: readonly string[]) => boolean
}

/** Characters that follow each other, up or down, before it counts as a sequence: `1234`, `dcba`. */
const sequenceLength = 4
const repeatLength = 3
/** Shorter parts of an account's texts are in too many passwords by chance. */
const accountPartLength = 3

const codes = (text: string): readonly number[] => [...text.toLowerCase()].map((each) => each.codePointAt(0) ?? 0)
const isSimple = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 97 && code <= 122)

/** The longest run in which each character is `step` after the one before. */
function longestRun(text: string, step: number, counts: (code: number) => boolean): number {
  const all = codes(text)
  let run = all.length === 0 ? 0 : 1
  let longest = run
  for (let at = 1; at < all.length; at++) {
    const [before = 0, here = 0] = [all[at - 1], all[at]]
    run = here - before === step && counts(before) && counts(here) ? run + 1 : 1
    longest = Math.max(longest, run)
  }
  return longest
}

/** An e-mail address counts by what stands before the @, too. */
const partsOf = (account: readonly string[]): readonly string[] =>
  account
    .flatMap((text) => [text, text.split('@')[0] ?? ''])
    .map((text) => text.trim().toLowerCase())
    .filter((text) => text.length >= accountPartLength)

const rules: readonly PasswordRule[] = [
  { broken: 'Minimum 8 characters', holds: (password) => password.length >= 8 },
  { broken: 'Maximum 32 characters', holds: (password) => password.length <= 32 },
  { broken: 'Must contain a letter', holds: (password) => /\p{L}/u.test(password) },
  { broken: 'Must contain a digit', holds: (password) => /\d/.test(password) },
  {
    broken: 'Must contain an uppercase letter or a special character',
    holds: (password) => /\p{Lu}|[^\p{L}\d]/u.test(password),
  },
  {
    broken: 'Must not contain a sequence such as 1234 or abcd',
    holds: (password) =>
      longestRun(password, 1, isSimple) < sequenceLength && longestRun(password, -1, isSimple) < sequenceLength,
  },
  {
    broken: 'Must not contain a character three times in a row, such as 222',
    holds: (password) => longestRun(password, 0, () => true) < repeatLength,
  },
  {
    broken: 'Must not contain account details such as the username',
    holds: (password, account) => !partsOf(account).some((part) => password.toLowerCase().includes(part)),
  },
]

/** What the default policy for administrators and dealers asks for, in one sentence. */
export const passwordPolicyText =
  '8 to 32 characters with a letter, a digit, and an uppercase letter or a special character. No sequences such as 1234 or abcd, no repeats such as 222, no account details.'

/**
 * What is wrong with a new password by the default policy for administrators and dealers; `account` are its name and e-mail address. A PBX may have
 * another policy, and then says so itself.
 */
export const passwordProblem = (password: string, account: readonly string[] = []): string | undefined =>
  rules.find(({ holds }) => !holds(password, account))?.broken
