using HumanLoop.AspNetCore.Visiting;
using Microsoft.AspNetCore.Http;

namespace HumanLoop.AspNetCore.Pages;

/// <summary>Reads what a page sends.</summary>
internal static class PageForms
{
    /// <summary>The form; an empty one where none was sent.</summary>
    /// <exception cref="BadRequestException">It is too large, or none.</exception>
    public static async Task<IFormCollection> ReadFormAsync(this Visit visit)
    {
        var request = visit.Http.Request;
        if (!request.HasFormContentType)
        {
            return FormCollection.Empty;
        }

        try
        {
            return await request.ReadFormAsync(new() { BufferBodyLengthLimit = Site.MaxBody, ValueLengthLimit = Site.MaxBody, MultipartBodyLengthLimit = Site.MaxBody, ValueCountLimit = 5000 }, visit.Aborted);
        }
        catch (InvalidDataException wrong)
        {
            throw new BadRequestException(413, "too_large", "The form cannot be read", $"It is larger than {Site.MaxBody} bytes, or broken: {wrong.Message}");
        }
    }
}
