namespace HumanLoop.Extensions.AI;

/// <summary>Finds the JSON in what a model wrote: models that were asked for nothing but JSON still put it between fences.</summary>
internal static class JsonText
{
    /// <summary>From the first opening bracket to the last closing one; a length of 0 when there are none.</summary>
    public static (int Start, int Length) Find(ReadOnlySpan<byte> text)
    {
        var start = text.IndexOfAny("{["u8);
        var end = text.LastIndexOfAny("}]"u8);
        return start < 0 || end < start ? default : (start, end - start + 1);
    }
}
