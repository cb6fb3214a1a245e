import { sql } from 'kysely';
import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import type { Tables } from '../../store/tables.ts';
import type { SearchLimits, SearchScope } from '../api/deps.ts';

/** The condition that a passage is where and what was asked for. */
export function isWithin(
  scope: SearchScope,
  filter: SearchLimits['filter'],
): (row: ExpressionBuilder<Tables, 'passages'>) => ExpressionWrapper<Tables, 'passages', SqlBool> {
  return (row) =>
    row.and([
      row('passages.video_id', scope.of === 'videos' ? 'is not' : 'is', null),
      ...(scope.collectionId === undefined ? [] : [row('passages.collection_id', '=', scope.collectionId)]),
      ...(scope.streamId === undefined ? [] : [row('passages.stream_id', '=', scope.streamId)]),
      ...(scope.videoId === undefined ? [] : [row('passages.video_id', '=', scope.videoId)]),
      ...(scope.indexId === undefined ? [] : [row('passages.index_id', '=', scope.indexId)]),
      ...(scope.source === undefined ? [] : [row('passages.source', '=', scope.source)]),
      ...filter.map((equal) => sql<SqlBool>`passages.metadata @> ${JSON.stringify(equal)}::jsonb`),
    ]);
}
