import { userInfo } from 'node:os'

/** The account of this computer; empty if the system has no name for it. */
export function systemUser(): string {
  try {
    return userInfo().username
  } catch {
    return ''
  }
}
