namespace HumanLoop.AspNetCore.Forms;

/// <summary>How a value of a proposal is entered.</summary>
internal enum FieldKind
{
    Text,
    Multiline,
    Integer,
    Number,
    Flag,
    Date,
    Choice,
    Group,
    List,

    /// <summary>Anything that the schema does not tell enough of: its JSON.</summary>
    Json,
}
