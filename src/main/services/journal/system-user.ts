import { userInfo } from 'node:os'

/** The account of this computer; empty where the system knows no name for it. */
export function systemUser(): string {
  try {
    return userInfo().username
  } catch {
    return ''
  }
}
