import { bertSignature, type Evaluation } from '../../metrics';
import { courseCharts, outcomeChart, settingCharts, successChart } from '../charts/build';
import type { Provenance, ReportDocument } from '../document';
import { headlineTable } from './headline';
import { judgeText, ratingSection } from './ratings';
import {
  allMetricsTable,
  comparisonTable,
  definitionTable,
  filesTable,
  systemsTable,
} from './tables';

/** The report of an evaluation: the same for every writer and for the page. */
export function buildReport(evaluation: Evaluation, provenance: Provenance): ReportDocument {
  const { systems } = evaluation;
  const warnings = [
    ...evaluation.warnings,
    ...systems.flatMap(({ name, warnings: own }) => own.map((text) => `${name}: ${text}`)),
  ];
  return {
    title: `Evaluation over ${evaluation.catalogue.id}`,
    sections: [
      ...(warnings.length === 0
        ? []
        : [{ id: 'warnings', title: 'To keep in mind', text: warnings, tables: [], charts: [] }]),
      {
        id: 'headlines',
        title: 'Headlines',
        text: [
          'A system that was handed the targets, that hardly converses, whose user takes anything, or whose turns ' +
            'are copies or repeats gets no rank, whatever its numbers are.',
        ],
        tables: evaluation.headlines.map((table) => headlineTable(table, evaluation)),
        charts: systems.length === 0 ? [] : [outcomeChart(systems), successChart(systems)],
      },
      ...(evaluation.comparisons.length === 0
        ? []
        : [
            {
              id: 'comparisons',
              title: 'Comparisons',
              text: [],
              tables: [comparisonTable(evaluation)],
              charts: [],
            },
          ]),
      ...(evaluation.ratings ? [ratingSection(evaluation.ratings, evaluation.judge)] : []),
      ...(systems.length === 0
        ? []
        : [
            {
              id: 'course',
              title: 'Over the course of a dialogue',
              text: [],
              tables: [],
              charts: courseCharts(evaluation),
            },
            {
              id: 'settings',
              title: 'By setting',
              text: [],
              tables: [],
              charts: settingCharts(evaluation),
            },
          ]),
      {
        id: 'origin',
        title: 'Made from',
        text: [
          `${provenance.program}. Seed ${String(evaluation.seed)}, ${String(evaluation.resamples)} bootstrap draws, theta ` +
            `${String(evaluation.theta)}, ${String(evaluation.catalogue.items)} items in the catalogue.`,
          ...(evaluation.equalTurns === null
            ? []
            : [
                `Diversity on ${String(evaluation.equalTurns.user)} turns of each user and ` +
                  `${String(evaluation.equalTurns.recommender)} of each recommender.`,
              ]),
          evaluation.encoder === null
            ? 'No encoder: no BERTScore, no Match Score by embeddings.'
            : `Encoder ${bertSignature(evaluation.encoder, { idf: false, isRescaled: false })}.`,
          ...(evaluation.judge ? [judgeText(evaluation.judge, evaluation.ratings)] : []),
          `Made again by: ${provenance.command}`,
        ],
        tables: [
          filesTable(provenance),
          ...(systems.length === 0 ? [] : [systemsTable(evaluation)]),
        ],
        charts: [],
      },
      {
        id: 'everything',
        title: 'Everything',
        text: [],
        tables: [allMetricsTable(evaluation), definitionTable(evaluation)],
        charts: [],
      },
    ],
  };
}
