import type { ShallowRef } from 'vue'
import type { PasswordRules } from '@shared/domain/password-policy'
import type { ServerId } from '@shared/domain/server'
import { useReading } from '@/composables/reading'
import { invoke } from '@/ipc/client'

/** The rules for a new password of the account that is signed in, or of a dealer; undefined until they were read. */
export const usePasswordRules = (serverId: ServerId, whose: 'own' | 'dealer'): ShallowRef<PasswordRules | undefined> =>
  useReading(() => invoke('account:passwordRules', { serverId, whose })).value
