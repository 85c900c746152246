namespace HumanLoop.Csv;

/// <summary>Why comma-separated values cannot be read.</summary>
internal enum CsvFaultKind
{
    /// <summary>A field without quotes around it has one inside.</summary>
    QuoteInside,

    /// <summary>A field goes on after its closing quote.</summary>
    GoesOn,

    /// <summary>The text ends inside quotes.</summary>
    NeverClosed,

    /// <summary>A carriage return stands alone outside quotes.</summary>
    CarriageReturn,

    /// <summary>A record is longer than any that is read; most often a quote too much or too few makes the rest of the file one field.</summary>
    TooLong,

    /// <summary>The bytes are no text in the encoding.</summary>
    NotText,
}
