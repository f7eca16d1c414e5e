using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Club.Desk.Frame;

/// <summary>The fields of a form that was sent, bounded.</summary>
public sealed class Form(IReadOnlyDictionary<string, StringValues> fields)
{
    private const int MostFields = 200;
    private const string Type = "application/x-www-form-urlencoded";

    /// <summary>What a field holds, without blanks around it; null for nothing.</summary>
    public string? Text(string name) => fields.TryGetValue(name, out var value) && value is [{ } text, ..]
        && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    /// <summary>What a field holds, as it was typed.</summary>
    public string Whole(string name) => fields.TryGetValue(name, out var value) && value is [{ } text, ..] ? text : "";

    public bool Has(string name) => fields.ContainsKey(name);

    /// <returns>The form, or the status of its refusal.</returns>
    public static async Task<(Form? Form, int Status)> Read(HttpRequest request, int most, CancellationToken cancellation)
    {
        if (request.ContentLength > most) return (null, StatusCodes.Status413PayloadTooLarge);
        if (request.ContentType is { } type && !type.StartsWith(Type, StringComparison.OrdinalIgnoreCase))
            return (null, StatusCodes.Status400BadRequest);
        var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = await request.Body.ReadAsync(buffer, cancellation)) > 0; body.Write(buffer, 0, read))
                if (body.Length + read > most) return (null, StatusCodes.Status413PayloadTooLarge);
            return (Parse(Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length), most), StatusCodes.Status200OK);
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException)
        {
            return (null, StatusCodes.Status400BadRequest);
        }
    }

    /// <exception cref="InvalidDataException">It has too many fields.</exception>
    private static Form Parse(string text, int most)
    {
        using var reader = new FormReader(text) { ValueCountLimit = MostFields, KeyLengthLimit = 256, ValueLengthLimit = most };
        return new Form(reader.ReadForm());
    }
}
