import { computed, h } from 'vue'
import { NButton, createDiscreteApi } from 'naive-ui'
import type { AppError } from '@shared/ipc/result'
import { announce } from '@/composables/announce'
import { invoke } from '@/ipc/client'
import { useSettings } from '@/stores/settings'
import { naiveTheme, naiveOverrides } from '@/styles/naive-theme'
import { detailLines } from './notice-text'

export type NoticeKind = 'success' | 'info' | 'warning' | 'error'
export interface NoticeAction {
  readonly label: string
  readonly run: () => void
}
export interface NoticePanel {
  /** Returns what closes the notification. */
  show: (kind: NoticeKind, title: string, detail?: AppError | string, action?: NoticeAction) => () => void
}

const stays = (kind: NoticeKind): boolean => kind === 'error' || kind === 'warning'

/**
 * Notifications of Naive UI in the theme of the app, over the sidebar so that they cover no button of a page. Each can be
 * copied; errors and warnings stay until closed.
 */
export function createNoticePanel(): NoticePanel {
  const settings = useSettings()
  const { notification } = createDiscreteApi(['notification'], {
    configProviderProps: computed(() => ({
      theme: naiveTheme(settings.dark),
      themeOverrides: naiveOverrides(settings.dark),
    })),
    notificationProviderProps: { placement: 'bottom-left', max: 4 },
  })
  return {
    show(kind, title, detail, action) {
      const lines = detailLines(title, detail)
      // Notifications are behind an open dialog, which makes them inert.
      announce([title, ...lines].join('. '))
      const copy = () => void invoke('app:copy', { text: [title, ...lines].join('\n') })
      const notice = notification[kind]({
        title,
        content: () =>
          h(
            'div',
            lines.map((line) => h('p', { class: 'notice-line' }, line)),
          ),
        duration: stays(kind) ? 0 : 6000,
        keepAliveOnHover: true,
        action: () =>
          h('div', { class: 'notice-actions' }, [
            action
              ? h(
                  NButton,
                  { size: 'small', type: 'primary', onClick: () => (action.run(), notice.destroy()) },
                  () => action.label,
                )
              : null,
            h(
              NButton,
              { size: 'small', secondary: true, onClick: copy, title: `Copy the message “${title}”` },
              () => 'Copy message',
            ),
          ]),
      })
      return () => notice.destroy()
    },
  }
}
