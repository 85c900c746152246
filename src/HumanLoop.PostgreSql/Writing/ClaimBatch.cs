using HumanLoop.GroupCommit;
using HumanLoop.Queueing;

namespace HumanLoop.PostgreSql;

/// <summary>The one fetcher of a process: it looks once for all who ask for the same kind of work, and hands out what it has locked. Several would walk over
/// each other's locks.</summary>
internal sealed class ClaimBatch(Database database, ClaimWatermarks watermarks)
{
    private const int MostInRound = 500;

    public async Task CommitAsync(Session session, IReadOnlyList<ClaimOperation> operations)
    {
        var left = operations.ToList();
        while (left.Count > 0)
        {
            var alike = left.Where(left[0].LooksLike).ToList();
            left.RemoveAll(alike.Contains);
            await ClaimAsync(session, alike).ConfigureAwait(false);
        }
    }

    private async Task ClaimAsync(Session session, List<ClaimOperation> claims)
    {
        claims.ForEach(claim => claim.Restart());
        var search = new Search(claims, await database.Workflows.FindAsync(session, claims[0].Request.Workflows).ConfigureAwait(false), database.Clock.Now);
        session.Begin().Add(session.Sql.Unpark, Parameters.Of(StoredTime.Of(search.Now)));
        var version = watermarks.Version;
        await AskForSkillsAsync(session, search).ConfigureAwait(false);
        var begun = search.Workflows.ToDictionary(workflow => workflow.Key, workflow => database.Options.UseWatermarks ? watermarks.Of(search.Purpose, search.Segment, workflow.Key) : QueuePosition.First);
        await LookAsync(session, search, begun).ConfigureAwait(false);
        var isShort = search.Wanted > 0;
        if (isShort && begun.Values.Any(key => key != QueuePosition.First))
        {
            await LookAsync(session, search, begun.Keys.ToDictionary(key => key, _ => QueuePosition.First)).ConfigureAwait(false);
        }

        await WriteAsync(session, search).ConfigureAwait(false);
        if (isShort)
        {
            watermarks.Drop(search.Purpose, search.Segment);
            return;
        }

        foreach (var (workflow, key) in search.Reached)
        {
            watermarks.Set(search.Purpose, search.Segment, workflow, key, version);
        }
    }

    private static async Task AskForSkillsAsync(Session session, Search search)
    {
        if (search.Purpose == WorkPurpose.Review && search.Claims.Any(claim => claim.Request.Skills.Count > 0))
        {
            session.Add(session.Sql.Skills, Parameters.Of([.. search.Workflows.Keys]));
            search.AskedFor = (await session.ReadAsync(row => (row.GetInt32(0), row.GetString(1))).ConfigureAwait(false)).ToLookup(row => row.Item1, row => row.Item2);
        }
    }

    /// <summary>Looks, most urgent first, until everybody has enough or there is no more. The columns only propose; the rule decides.</summary>
    private static async Task LookAsync(Session session, Search search, Dictionary<int, QueuePosition> begin)
    {
        var isFirst = true;
        var after = QueuePosition.First;
        while (search.Wanted > 0 && search.Workflows.Count > 0)
        {
            var wanted = Math.Min(search.Wanted, MostInRound);
            var lanes = new List<(int Workflow, bool IsFree)>();
            foreach (var workflow in search.Workflows.Keys)
            {
                Add(workflow, ClaimLane.Free, mayBeBarred: false, isFirst ? begin[workflow] : after);
                if (search.Purpose == WorkPurpose.Review)
                {
                    Add(workflow, ClaimLane.Barred, mayBeBarred: true, after);
                    foreach (var lane in search.LanesOfSkills(workflow))
                    {
                        Add(workflow, lane, mayBeBarred: true, after);
                    }

                    foreach (var holder in search.Holders)
                    {
                        // Whoever it is assigned to may have it even after abstaining.
                        Add(workflow, holder, mayBeBarred: false, after);
                    }
                }
            }

            var candidates = await CandidatesAsync(session, lanes).ConfigureAwait(false);
            candidates.Sort((one, other) => one.Key.CompareTo(other.Key));
            if (candidates.Count == 0)
            {
                return;
            }

            foreach (var candidate in candidates.Take(wanted))
            {
                search.Offer(candidate);
            }

            after = candidates[Math.Min(wanted, candidates.Count) - 1].Key;
            isFirst = false;

            void Add(int workflow, string lane, bool mayBeBarred, QueuePosition from)
            {
                var statement = session.Sql.Free((int)search.Purpose, mayBeBarred, search.Segment is not null);
                List<Npgsql.NpgsqlParameter> parameters = [Parameters.Of(from.Rank), Parameters.Of(from.Due), Parameters.Of(from.Sequence), Parameters.Of((long)wanted), Parameters.Of(workflow), Parameters.Of(lane)];
                if (mayBeBarred)
                {
                    parameters.Add(Parameters.Of([.. search.Holders.Select(holder => (string?)ItemColumns.Quoted(holder))]));
                }

                if (search.Segment is not null)
                {
                    parameters.Add(Parameters.Of(search.Segment));
                }

                session.Add(statement, [.. parameters]);
                lanes.Add((workflow, lane == ClaimLane.Free));
            }
        }
    }

    private static async Task<List<Candidate>> CandidatesAsync(Session session, List<(int Workflow, bool IsFree)> lanes)
    {
        var candidates = new List<Candidate>();
        var reader = await session.SendAsync().ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            foreach (var (workflow, isFree) in lanes)
            {
                candidates.AddRange(await Session.RowsAsync(reader, row => new Candidate(new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), ItemRows.Read(row, 2, 3), workflow, isFree)).ConfigureAwait(false));
                await reader.NextResultAsync().ConfigureAwait(false);
            }
        }

        return candidates;
    }

    private static async Task WriteAsync(Session session, Search search)
    {
        var writer = search.Writer;
        writer.WriteTo(session);
        Dictionary<long, WorkPayload> payloads = [];
        if (!writer.IsEmpty)
        {
            session.Add(session.Sql.Payloads, Parameters.Of([.. writer.Items.Select(item => item.Sequence)]));
        }

        session.Add("COMMIT");
        var reader = await session.SendAsync().ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            if (!writer.IsEmpty)
            {
                payloads = (await Session.RowsAsync(reader, ItemRows.ReadPayload).ConfigureAwait(false)).ToDictionary(row => row.Sequence, row => row.Payload);
                await reader.NextResultAsync().ConfigureAwait(false);
            }
        }

        foreach (var claim in search.Claims)
        {
            claim.Answer = [.. claim.Taken.Select(result => result.Item! with { Payload = payloads.GetValueOrDefault(result.Item!.Sequence) })];
        }
    }

    private sealed record Candidate(QueuePosition Key, WorkItem Item, int Workflow, bool IsFree);

    /// <summary>One search for several claims of a kind.</summary>
    private sealed class Search(List<ClaimOperation> claims, Dictionary<int, string> workflows, DateTimeOffset now)
    {
        private readonly HashSet<long> _seen = [];
        private readonly Dictionary<int, QueuePosition> _reached = [];
        private readonly HashSet<int> _refused = [];

        public List<ClaimOperation> Claims => claims;

        public Dictionary<int, string> Workflows => workflows;

        public DateTimeOffset Now => now;

        public WorkPurpose Purpose => claims[0].Request.Purpose;

        public string? Segment => claims[0].Request.Segment;

        /// <summary>Those who have not enough yet.</summary>
        public IEnumerable<string> Holders => Unsatisfied.Select(claim => claim.Request.Holder).Distinct(StringComparer.Ordinal);

        /// <summary>The lanes of skills that free work of each workflow is in.</summary>
        public ILookup<int, string> AskedFor { get; set; } = Enumerable.Empty<string>().ToLookup(_ => 0);

        public int Wanted => claims.Sum(claim => claim.Wanted);

        public TransitionWriter Writer { get; } = new(now);

        /// <summary>For each workflow, the first free item that nobody could have, else the last that somebody got.</summary>
        public IReadOnlyDictionary<int, QueuePosition> Reached => _reached;

        private IEnumerable<ClaimOperation> Unsatisfied => claims.Where(claim => claim.Wanted > 0);

        /// <summary>Of the lanes of skills, those that somebody who has not enough may have work from.</summary>
        public IEnumerable<string> LanesOfSkills(int workflow) => AskedFor[workflow].Where(lane => Unsatisfied.Any(claim => ClaimLane.Admits(lane, claim.Request.Skills)));

        public void Offer(Candidate candidate)
        {
            // An item that was looked at stays locked by us, so a second search meets it again.
            if (!_seen.Add(candidate.Item.Sequence))
            {
                return;
            }

            foreach (var claim in Unsatisfied)
            {
                var result = claim.Request.Take(candidate.Item, now);
                if (result.IsApplied)
                {
                    claim.Take(result);
                    Writer.Add(candidate.Item, result, candidate.Workflow);
                    Reach(candidate);
                    return;
                }
            }

            if (candidate.IsFree && _refused.Add(candidate.Workflow))
            {
                _reached[candidate.Workflow] = candidate.Key;
            }
        }

        private void Reach(Candidate candidate)
        {
            if (candidate.IsFree && !_refused.Contains(candidate.Workflow))
            {
                _reached[candidate.Workflow] = candidate.Key;
            }
        }
    }
}
