/** The page's own small pictures; all are decoration beside words or labels. */
import type { ReactNode } from "react";

function Icon({ children, size = 18 }: { children: ReactNode; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

/** Parley's mark: two circles that share a part, which is the one record. */
export function Mark({ size = 28, plain = false }: { size?: number; plain?: boolean }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="12" cy="16" r="9.5" fill={plain ? "rgb(255 255 255 / 45%)" : "var(--mark-left)"} />
      <circle cx="20" cy="16" r="9.5" fill={plain ? "rgb(255 255 255 / 45%)" : "var(--mark-right)"} />
      <path d="M16 7.38a9.5 9.5 0 0 1 0 17.24a9.5 9.5 0 0 1 0-17.24z" fill={plain ? "#fff" : "var(--mark-both)"} />
    </svg>
  );
}

export const HashMark = () => (
  <Icon>
    <path d="M4 7.5h12M4 12.5h12M8.2 4 6.8 16M13.2 4l-1.4 12" />
  </Icon>
);

export const PeopleMark = () => (
  <Icon>
    <circle cx="7.5" cy="7" r="2.6" />
    <circle cx="14" cy="8" r="2" />
    <path d="M2.8 16c.3-3 2-4.6 4.7-4.6s4.4 1.6 4.7 4.600M13.6 12.200c2.1-.1 3.4 1.2 3.7 3.3" />
  </Icon>
);

export const ReplyIcon = () => (
  <Icon size={16}>
    <path d="M3.5 5.500a2 2 0 0 1 2-2h9a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H9l-3.5 3v-3a2 2 0 0 1-2-2z" />
  </Icon>
);

export const MoreIcon = () => (
  <Icon size={16}>
    <path d="M10 4.500v.01M10 10v.01M10 15.500v.01" strokeWidth="2.6" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon size={16}>
    <path d="m5 5 10 10M15 5 5 15" />
  </Icon>
);

export const SendIcon = () => (
  <Icon size={16}>
    <path d="M3.5 10 16.5 4l-4 12.5-3-5.500z" fill="currentColor" strokeWidth="1.2" />
  </Icon>
);

export const ThemeIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="6.5" />
    <path d="M10 3.500a6.5 6.5 0 0 1 0 13z" fill="currentColor" />
  </Icon>
);

export const WireIcon = () => (
  <Icon>
    <path d="M3 7h12m0 0-3-3m3 3-3 3M17 13H5m0 0 3-3m-3 3 3 3" />
  </Icon>
);

export const TourIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="7" />
    <path d="m12.8 7.2-1.6 4-4 1.6 1.6-4z" />
  </Icon>
);

export const ClockIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="7" />
    <path d="M10 6v4l2.5 1.8" />
  </Icon>
);
