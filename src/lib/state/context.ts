import { createContext } from 'svelte';
import type { Lab } from './lab.svelte';
import type { Look } from './look.svelte';
import type { LabRuns } from './runs-engines';
import type { Tour } from './tour.svelte';

/** The page's one `Lab`: set by the root, read by its parts. */
export const [getLab, setLab] = createContext<Lab>();

/** The page's runs: they go on while any page is looked at. Set by the root, read by its parts. */
export const [getRuns, setRuns] = createContext<LabRuns>();

/** The type size and language of the pages. Set by the root, read by its parts. */
export const [getLook, setLook] = createContext<Look>();

/** The tour of the first page. Set by the root, read by its parts. */
export const [getTour, setTour] = createContext<Tour>();
