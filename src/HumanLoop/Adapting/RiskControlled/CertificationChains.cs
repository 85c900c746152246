namespace HumanLoop.Adapting;

/// <summary>Which thresholds the evidence has certified, and where it is being tested now.</summary>
/// <remarks>
/// Three chains, and one more where history names a start, walk from their starts towards looser thresholds; each may certify its head at 1/(risk·weight),
/// and chains that meet
/// join their weights. The chance that any threshold with too high an error rate is ever certified is at most the risk: a fixed
/// sequence per chain, weighted Bonferroni between them (Bretz, Maurer, Brannath and Posch 2009, Statistics in Medicine 28).
/// Certified stays certified within the epoch. Not safe for concurrent use.
/// </remarks>
internal sealed class CertificationChains
{
    private readonly CoverageGrid _grid;
    private readonly EvidenceCounts _counts;
    private readonly BetMixture _mixture;
    private readonly double[][] _logWeights;
    private readonly double _logRisk;
    private readonly int[] _heads;
    private readonly bool[] _certified;

    // What follows is derived and never stored: the counts at or above each head, and how many more right outcomes there the head
    // needs at least, since one outcome cannot raise the e-value by more than a known factor.
    private readonly long[][] _atHead;
    private readonly long[] _countdown;

    internal CertificationChains(CoverageGrid grid, EvidenceCounts counts, BetMixture mixture, double risk, double[][] logWeights)
    {
        _grid = grid;
        _counts = counts;
        _mixture = mixture;
        _logWeights = logWeights;
        _logRisk = Math.Log(risk) + (grid.FromSample ? Math.Log(1 - mixture.ErrorRate) : 0);
        _heads = [.. grid.Starts];
        _certified = new bool[grid.Nodes.Length];
        _atHead = [.. _heads.Select(_ => new long[counts.Rungs * 2])];
        _countdown = new long[_heads.Length];
        Recount();
    }

    /// <summary>The node that each chain tests now; the number of nodes when it has reached the end.</summary>
    internal ReadOnlySpan<int> Heads => _heads;

    internal ReadOnlySpan<bool> Certified => _certified;

    /// <summary>The loosest certified node whose threshold is at least a bound, or −1.</summary>
    internal int Loosest()
    {
        var node = _certified.Length - 1;
        while (node >= 0 && !_certified[node])
        {
            node--;
        }

        return node;
    }

    /// <summary>The logarithm of the e-value at a node.</summary>
    internal double LogValue(int node)
    {
        Span<long> counts = stackalloc long[_counts.Rungs * 2];
        counts.Clear();
        _counts.Sum(0, node, counts);
        return _mixture.LogValue(counts, _logWeights[node]);
    }

    /// <summary>Takes in an outcome that has just been counted.</summary>
    internal void Counted(int bin, int rung, bool wrong)
    {
        for (var chain = 0; chain < _heads.Length; chain++)
        {
            if (bin <= _heads[chain] && _heads[chain] < _certified.Length)
            {
                _atHead[chain][(2 * rung) + (wrong ? 1 : 0)]++;
                _countdown[chain] -= wrong ? 0 : 1;
            }
        }
    }

    /// <summary>Takes the counts anew after they were changed otherwise than by one more outcome.</summary>
    internal void Recount()
    {
        for (var chain = 0; chain < _heads.Length; chain++)
        {
            Array.Clear(_atHead[chain]);
            _counts.Sum(0, Math.Min(_heads[chain], _certified.Length - 1), _atHead[chain]);
            _countdown[chain] = 0;
        }
    }

    /// <summary>Tests every head and moves those that pass, until none does.</summary>
    /// <returns>Whether a threshold was certified.</returns>
    internal bool Advance()
    {
        var any = false;
        var chain = 0;
        while (chain < _heads.Length)
        {
            if (_countdown[chain] <= 0 && _heads[chain] < _certified.Length && Passes(chain))
            {
                any = true;
                Certify(_heads[chain]);
                chain = 0;
            }
            else
            {
                chain++;
            }
        }

        return any;
    }

    /// <summary>Puts back what was stored.</summary>
    internal void Restore(ReadOnlySpan<int> heads, ReadOnlySpan<bool> certified)
    {
        heads.CopyTo(_heads);
        certified.CopyTo(_certified);
        Recount();
    }

    private bool Passes(int chain)
    {
        var weight = 0.0;
        for (var other = 0; other < _heads.Length; other++)
        {
            weight += _heads[other] == _heads[chain] ? _grid.ChainWeights[other] : 0;
        }

        var missing = -_logRisk - Math.Log(weight) - _mixture.LogValue(_atHead[chain], _logWeights[_heads[chain]]);
        // The allowance keeps a rounding error from skipping a test that would pass.
        _countdown[chain] = (long)Math.Max(1, Math.Ceiling((missing / _mixture.LargestGain) - 1e-6));
        return missing <= 0;
    }

    private void Certify(int node)
    {
        _certified[node] = true;
        for (var chain = 0; chain < _heads.Length; chain++)
        {
            var head = _heads[chain];
            while (head < _certified.Length && _certified[head])
            {
                head++;
            }

            if (head != _heads[chain])
            {
                if (head < _certified.Length)
                {
                    _counts.Sum(_heads[chain] + 1, head, _atHead[chain]);
                }

                _heads[chain] = head;
                // Chains that have met share their weight, so each of them is to be tested again.
                Array.Clear(_countdown);
            }
        }
    }
}
