namespace HumanLoop.Csv;

/// <summary>Where comma-separated values cannot be read, and why.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Record">The line on which the record begins, from 1.</param>
/// <param name="Line">The line of the place itself, from 1.</param>
/// <param name="Field">The field, from 1.</param>
/// <param name="Found">What goes on after a closing quote.</param>
/// <param name="Cause">The exception that told of it, where there was one.</param>
internal readonly record struct CsvFault(CsvFaultKind Kind, int Record, int Line, int Field, char Found = default, Exception? Cause = null)
{
    /// <summary>How many characters a record may have.</summary>
    internal const int LongestRecord = 1 << 24;
}
