import { useRouter } from 'vue-router'
import { useDialogs } from '@/composables/dialogs'
import { useFleetAccess } from '@/composables/fleet-access'
import { entry, type PaletteEntry } from './entry'

/** Changes to several servers, where the account of one of them may make them. */
export function useFleetChanges() {
  const router = useRouter()
  const dialogs = useDialogs()
  const { mayChange } = useFleetAccess()

  const block = (): PaletteEntry =>
    entry({
      key: 'block',
      icon: 'shield',
      label: 'Block or allow addresses on servers',
      keywords: 'ip rules blacklist whitelist deny accept rollout',
      run: () => dialogs.open({ kind: 'rule-rollout' }),
    })
  const certificate = (): PaletteEntry =>
    entry({
      key: 'certificate',
      icon: 'lock',
      label: 'Replace certificate on servers',
      keywords: 'tls ssl pem key upload rollout expires',
      run: () => dialogs.open({ kind: 'certificate-rollout' }),
    })
  const newCustomer = (): PaletteEntry =>
    entry({
      key: 'new-customer',
      icon: 'plus',
      label: 'New customer',
      keywords: 'tenant dealer trunk numbers did',
      run: () => void router.push({ name: 'new-customer' }),
    })

  return {
    changes: (): readonly PaletteEntry[] => [
      ...(mayChange('ip-rules') ? [block()] : []),
      ...(mayChange('certificate') ? [certificate()] : []),
      ...(mayChange('tenants') ? [newCustomer()] : []),
    ],
    /** For a range: the form that blocks or allows it. */
    blocking: (range: string): readonly PaletteEntry[] =>
      mayChange('ip-rules')
        ? [
            entry({
              key: 'block-address',
              icon: 'shield',
              label: `Block or allow ${range} on servers`,
              run: () => dialogs.open({ kind: 'rule-rollout', addresses: range }),
            }),
          ]
        : [],
  }
}
