import { shallowRef } from 'vue'
import type { PasswordFile } from '@shared/domain/password-file'
import type { RecordValues } from '@shared/domain/record'
import type { RecordRef, RuleAction } from '@shared/domain/rollout'
import type { ServerId } from '@shared/domain/server'
import type { ListId, ResourceId } from '@shared/resources/ids'
import type { FormValues } from '@shared/resources/nested'

export type DialogRequest =
  | { readonly kind: 'server-form'; readonly serverId?: ServerId; readonly folder?: string }
  | { readonly kind: 'remove-server'; readonly serverId: ServerId }
  | { readonly kind: 'move-server'; readonly serverId: ServerId }
  | { readonly kind: 'rename-folder'; readonly folder: string }
  | { readonly kind: 'import-passwords'; readonly file: PasswordFile }
  | { readonly kind: 'import-servers' }
  | { readonly kind: 'practice-add' }
  | { readonly kind: 'practice-faults'; readonly serverId: ServerId }
  | {
      /** Blocks or allows addresses on several servers. */
      readonly kind: 'rule-rollout'
      readonly addresses?: string
      readonly action?: RuleAction
      readonly serverIds?: readonly ServerId[]
      readonly filter?: string
    }
  | {
      /** Applies the values of a form to other servers. */
      readonly kind: 'record-rollout'
      readonly resource: ResourceId
      readonly isNew: boolean
      readonly values: RecordValues
      /** The values on the server of the form. */
      readonly before: FormValues
      /** What identifies the changed record of a list on each server. */
      readonly identity?: RecordValues
    }
  | {
      /** Changes or deletes rows of several servers. */
      readonly kind: 'rows-rollout'
      readonly action: 'change' | 'delete'
      readonly resource: ListId
      readonly records: readonly RecordRef[]
    }
  | {
      /** Imports rows into several servers; the filter suggests which. */
      readonly kind: 'many-import'
      readonly resource: ListId
      readonly filter?: string
    }
  | {
      /** Replaces the certificate of several servers; `from` are the files that were selected on the page of one. */
      readonly kind: 'certificate-rollout'
      readonly serverIds?: readonly ServerId[]
      readonly filter?: string
      readonly from?: { readonly serverId: ServerId; readonly id: string }
    }
  | { readonly kind: 'palette' }
  | { readonly kind: 'about' }

const current = shallowRef<DialogRequest>()

/** The modal dialog of the shell. While it is open, no other one opens, because typed text would be lost. */
export function useDialogs() {
  return {
    current,
    open(request: DialogRequest): void {
      current.value ??= request
    },
    close(): void {
      current.value = undefined
    },
  }
}
