import { createContext } from 'svelte';
import type { Lab } from './lab.svelte';
import type { LabRuns } from './runs-engines';

/** The page's one `Lab`: set by the root, read by its parts. */
export const [getLab, setLab] = createContext<Lab>();

/** The page's runs: they go on while any page is looked at. Set by the root, read by its parts. */
export const [getRuns, setRuns] = createContext<LabRuns>();
