using System.Globalization;

namespace HumanLoop.Load;

/// <summary>How much memory the process holds, after a collection: what is left is kept, not just not yet collected.</summary>
internal readonly record struct Footprint(long WorkingSet, long Heap)
{
    public static Footprint Now()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return new(Environment.WorkingSet, GC.GetTotalMemory(forceFullCollection: true));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"working set {WorkingSet / 1048576.0:0} MB, heap {Heap / 1048576.0:0} MB");
}
