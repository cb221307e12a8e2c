let reason = ''

/** Why the page is being left, as a sentence, if it was not the user who left it; otherwise empty. */
export const leaveReason = (): string => reason

/** Leaves the page for this reason, which the questions about what would be lost begin with. */
export async function leaveBecause<T>(text: string, leave: () => Promise<T>): Promise<T> {
  reason = text
  try {
    return await leave()
  } finally {
    reason = ''
  }
}
