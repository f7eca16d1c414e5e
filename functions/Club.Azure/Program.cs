using Club;
using Club.Azure;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
KeyVaultReferences.RequireResolved(builder.Configuration);
builder.Services.AddClub(builder.Configuration).AddAzure(builder.Configuration);
builder.Build().Run();
