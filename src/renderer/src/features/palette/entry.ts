import type { IconName } from '@/components/icons'
import type { Candidate } from './rank'

export interface PaletteEntry extends Candidate {
  readonly key: string
  readonly icon: IconName
  readonly detail: string
  readonly run: () => void
}

type Part = Omit<PaletteEntry, 'keywords' | 'weight' | 'detail'> &
  Partial<Pick<PaletteEntry, 'keywords' | 'weight' | 'detail'>>

export const entry = (part: Part): PaletteEntry => ({ keywords: '', weight: 0, detail: '', ...part })
