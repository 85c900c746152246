using HumanLoop.Journaling;

namespace HumanLoop.Tests.Reporting;

/// <summary>A journal in which anything happens in any order that a store allows.</summary>
internal static class RandomJournal
{
    private static readonly string?[] Segments = [null, "small", "large", "abroad"];

    public static JournalScript Of(int seed, int length)
    {
        var chance = new Random(seed);
        var script = new JournalScript();
        var open = new List<string>();
        var decided = new List<string>();
        for (var i = 0; i < length; i++)
        {
            script.After(chance.Next(200) == 0 ? chance.Next(100) * 86_400 : chance.Next(4_000));
            var what = chance.Next(20);
            if (what < 7 || open.Count == 0)
            {
                var kind = (RouteKind)chance.Next(3);
                var id = $"d-{i}";
                script.Route(id, chance.Next(20) == 0 ? null : chance.NextDouble(), kind, kind == RouteKind.Review ? 0 : chance.Next(14), Segments[chance.Next(4)], $"m-{chance.Next(1 + (i / 40))}", chance.Next(10) > 0, $"reason-{chance.Next(4)}");
                if (kind != RouteKind.StraightThrough)
                {
                    open.Add(id);
                }

                continue;
            }

            var one = open[chance.Next(open.Count)];
            var reviewer = $"r-{chance.Next(5)}";
            switch (what)
            {
                case < 10:
                    script.Claim(one, reviewer);
                    break;
                case < 14:
                    var undoable = chance.Next(3) == 0;
                    script.Claim(one, reviewer).After(chance.Next(90)).Judge(one, reviewer, chance.Next(4) > 0, undoable: undoable);
                    if (undoable)
                    {
                        script.Add(one, chance.Next(2) == 0 ? new VerdictUndone() : new UndoWindowClosed());
                        if (script.Records[^1].Entry is VerdictUndone)
                        {
                            break;
                        }
                    }

                    open.Remove(one);
                    decided.Add(one);
                    break;
                case 14:
                    script.Add(one, chance.Next(2) == 0 ? new ReviewReleased() : new LeaseExpired { Holder = reviewer });
                    break;
                case 15:
                    script.Add(one, chance.Next(2) == 0 ? new ReviewOverdue() : new EvidenceOverdue());
                    break;
                case 16:
                    script.Add(one, chance.Next(2) == 0 ? new DecisionWithdrawn { Reason = "superseded" } : new ReviewExpired { Effect = Effect.None });
                    open.Remove(one);
                    break;
                case 17:
                    script.Add(one, chance.Next(2) == 0 ? new ReviewEscalated { To = "lead" } : new ReviewerAbstained() with { Actor = reviewer });
                    break;
                case 18:
                    script.Add(decided.Count > 0 ? decided[chance.Next(decided.Count)] : one, new OutcomeRecorded { WasRight = chance.Next(2) == 0, IsEvidence = chance.Next(3) > 0, ObservedAt = script.Now });
                    break;
                default:
                    script.Add("", chance.Next(2) == 0 ? new MetricRecorded { Name = "m", Value = chance.NextDouble(), ObservedAt = script.Now } : new WorkflowPaused { Reason = "trial" });
                    break;
            }
        }

        return script;
    }
}
