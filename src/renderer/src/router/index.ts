import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router'
import HomePage from '@/features/home/HomePage.vue'

const naiveArea = () => import('@/components/NaiveArea.vue')

const routes: readonly RouteRecordRaw[] = [
  { path: '/', name: 'home', component: HomePage },
  {
    path: '/servers/:serverId',
    component: () => import('@/features/session/ServerPage.vue'),
    props: true,
    redirect: (to) => ({ name: 'overview', params: to.params }),
    children: [
      {
        path: 'overview',
        name: 'overview',
        component: () => import('@/features/overview/OverviewPage.vue'),
        props: true,
      },
      {
        path: 'ip-rules',
        component: naiveArea,
        children: [
          {
            path: '',
            name: 'ip-rules',
            component: () => import('@/features/ip-rules/IpRulesPage.vue'),
            props: true,
          },
        ],
      },
    ],
  },
  {
    path: '/exports',
    component: naiveArea,
    children: [
      { path: '', name: 'exports', component: () => import('@/features/exports/ExportsPage.vue') },
      {
        path: 'view/:entryId',
        name: 'export-view',
        component: () => import('@/features/exports/ExportViewPage.vue'),
        props: true,
      },
    ],
  },
  { path: '/settings', name: 'settings', component: () => import('@/features/settings/SettingsPage.vue') },
  { path: '/:rest(.*)*', redirect: '/' },
]

export const router = createRouter({ history: createWebHashHistory(), routes })
