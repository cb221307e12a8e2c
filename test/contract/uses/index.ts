import { useKey } from './key'
import { useLicense } from './license'
import { useAccounts, useDealers } from './dealers'
import { useBrand } from './brand'
import { useNetwork } from './network'
import { useTokens } from './tokens'
import { useOwnTenant, useTenants } from './tenants'
import { useTrunks } from './trunks'
import { useTransports } from './transports'
import { useNotification, useSbcAndIm, useSettings } from './settings'
import type { Use } from './use'

/** What the practice PBX is asked so that all its answers can be held against the reference; a group is one file. */
export const uses: readonly Use[] = [
  useNetwork,
  useTransports,
  useSettings,
  useNotification,
  useSbcAndIm,
  useTokens,
  useKey,
  useLicense,
  useTenants,
  useOwnTenant,
  useDealers,
  useAccounts,
  useTrunks,
  useBrand,
]
