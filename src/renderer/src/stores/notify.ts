import { defineStore } from 'pinia'
import type { AppError } from '@shared/ipc/result'
import type { NoticeAction, NoticeKind, NoticePanel } from '@/components/notice-panel'

/** Notifications. Their components are loaded with the first one. */
export const useNotify = defineStore('notify', () => {
  let panel: Promise<NoticePanel> | undefined

  /** Returns what takes the notification away when it no longer applies. */
  function show(kind: NoticeKind, title: string, detail?: AppError | string, action?: NoticeAction): () => void {
    panel ??= import('@/components/notice-panel').then((module) => module.createNoticePanel())
    const shown = panel.then((loaded) => loaded.show(kind, title, detail, action))
    return () => void shown.then((close) => close())
  }

  return {
    success: (title: string, detail?: string, action?: NoticeAction) => void show('success', title, detail, action),
    info: (title: string, detail?: string, action?: NoticeAction) => void show('info', title, detail, action),
    warning: (title: string, detail?: AppError | string, action?: NoticeAction) =>
      show('warning', title, detail, action),
    /** An error, with the failed action as its title if given. A canceled action is no error. */
    error(problem: AppError | string, title?: string, action?: NoticeAction): void {
      if (typeof problem === 'string') return void show('error', title ?? problem, title ? problem : undefined)
      if (problem.code === 'cancelled') return
      void show('error', title ?? problem.message, problem, action)
    },
  }
})
