using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Club.Access;
using Functions.Local.Hosting;

namespace Club.Tests.Support;

/// <summary>Calls a host as somebody of a role.</summary>
internal sealed class RoleClient(ClubHost club, string? token)
{
    public static RoleClient Operator(ClubHost club) => new(club, null);

    public static RoleClient As(ClubHost club, Role role, string? dealer = null, string name = "李主任") =>
        new(club, club.Get<ClubTokens>().ForStaff(role, name, dealer, TimeSpan.FromMinutes(5)).Value.Token);

    public static RoleClient Member(ClubHost club, Kernel.MemberId member) => new(club, club.Get<ClubTokens>().ForMember(member).Value.Token);

    public Task<(HttpStatusCode Status, JsonNode Body)> Get(string path) => Send(HttpMethod.Get, path, null);

    public Task<(HttpStatusCode Status, JsonNode Body)> Post(string path, object? body = null, string? key = null) =>
        Send(HttpMethod.Post, path, body ?? new { }, key);

    public async Task<(HttpStatusCode Status, JsonNode Body)> Send(HttpMethod method, string path, object? body, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body as string ?? System.Text.Json.JsonSerializer.Serialize(body));
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (token is null) request.Headers.Add("x-functions-key", DevelopmentKeys.Functions);
        else request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await club.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!);
    }
}
