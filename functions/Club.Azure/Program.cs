using Club;
using Club.Azure;
using Club.Programmes;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
KeyVaultReferences.RequireResolved(builder.Configuration);
builder.Services.AddClub(builder.Configuration).AddAzure(builder.Configuration);
var host = builder.Build();
await host.Services.PrepareEmulators();
// A wrong programme or time zone, or a programme that cannot be published, stops the host here, not the first message.
await host.Services.GetRequiredService<Publication>().PublishFile(host.Services.GetRequiredService<ProgrammeText>());
await host.RunAsync();
